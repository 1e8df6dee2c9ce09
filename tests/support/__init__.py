"""What tests of several kinds share: builders, servers, programs."""
