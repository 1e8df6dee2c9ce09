"""All claims, in the order of their subjects."""

from collections.abc import Sequence
from typing import Final

from tests.prove.commands import bench_prints_ratios, demo_with_go, demo_without_go, tests
from tests.prove.corpora import findings_of_corpora_are_as_expected
from tests.prove.decision_logs import a_million_decisions_are_counted, narrower_policies_serve
from tests.prove.documents import documents_of_gateways_conform
from tests.prove.engines import (
    cases,
    example_conforms,
    managed_policies_compile,
    managed_policies_conform,
    unbound_placeholders_are_named,
    wildcards_match,
)
from tests.prove.estate import a_great_account_conforms
from tests.prove.fixes import safe_fixes_change_no_decision, safe_fixes_of_corpora_change_no_decision
from tests.prove.fuzzing import any_input_is_answered_alike, native_mutants_are_killed, opa_reads_what_is_printed
from tests.prove.hostile_costs import hostile_requests_leave_opa_its_memory, work_grows_as_the_request_does
from tests.prove.mutation import (
    mutants_of_managed_policies_are_killed,
    mutants_of_rules_are_killed,
    mutants_of_the_example_are_killed,
    mutants_of_the_library_are_killed,
)
from tests.prove.policy_types import (
    an_account_conforms,
    malformed_inputs_are_refused,
    random_policy_sets_conform,
    truth_tables_natively,
    truth_tables_on_opa,
)
from tests.prove.proofs import no_request_contradicts_a_proof, planted_faults_of_the_proofs_are_noticed, z3_contradicts_no_proof
from tests.prove.random_policies import lenient_requests_conform, planted_defects_are_shrunk, random_requests_conform
from tests.prove.setting import Claim, packed
from tests.prove.site import (
    a_release_is_the_same_twice_and_lists_what_it_has,
    manifests_are_as_kubernetes_says,
    the_site_is_whole_and_needs_no_network,
)
from tests.prove.statement_parts import parts_of_managed_policies, parts_of_the_example
from tests.prove.stranger import a_stranger_follows_the_documents
from tests.prove.streams import a_long_file_is_tested_in_little_memory
from tests.prove.through_envoy import faults_allow_nothing, replaced_bundles_decide_at_once, statuses_are_decisions
from tests.prove.versions import opa_versions

CLAIMS: Final[Sequence[Claim]] = (
    cases,
    unbound_placeholders_are_named,
    example_conforms,
    managed_policies_compile,
    wildcards_match,
    opa_reads_what_is_printed,
    random_policy_sets_conform,
    random_requests_conform,
    lenient_requests_conform,
    planted_defects_are_shrunk,
    no_request_contradicts_a_proof,
    planted_faults_of_the_proofs_are_noticed,
    z3_contradicts_no_proof,
    truth_tables_natively,
    truth_tables_on_opa,
    an_account_conforms,
    malformed_inputs_are_refused,
    any_input_is_answered_alike,
    tests(
        "any_text_is_read_as_python_reads_it_or_refused",
        "--hypothesis-profile=fuzz",
        "--hypothesis-seed=1",
        "tests/property/test_json.py",
        "tests/property/test_policies.py",
        least=8,
    ),
    native_mutants_are_killed,
    tests(
        "simulations_are_as_botocore_models_them",
        "tests/property/test_simulate.py",
        "tests/unit/simulate",
        "tests/e2e/test_simulate.py",
        least=60,
    ),
    tests("labels_name_the_statements", "tests/e2e/test_labels.py", least=7),
    tests(
        "eval_says_why",
        "tests/e2e/test_eval_text.py",
        "tests/unit/native/test_explain.py",
        "tests/unit/native/test_explain_statements.py",
        "tests/unit/native/test_explain_types.py",
        least=20,
    ),
    tests(
        "bad_input_is_refused_with_its_place",
        "tests/e2e/test_malformed.py",
        "tests/e2e/test_unusable.py",
        "tests/e2e/test_unusable_output.py",
        "tests/e2e/test_names.py",
        least=60,
    ),
    tests("hostile_texts_allow_nothing_more", "tests/e2e/test_hostile.py", least=10),
    work_grows_as_the_request_does,
    hostile_requests_leave_opa_its_memory,
    tests(
        "a_killed_command_leaves_nothing_behind",
        "tests/e2e/test_killed_build.py",
        "tests/e2e/test_killed_conform.py",
        "tests/e2e/test_killed_write.py",
        least=2,
    ),
    tests(
        "a_stale_gateway_is_told_and_only_asked_to_decide",
        "tests/e2e/test_deployed.py",
        "tests/e2e/test_resumed_conform.py",
        least=40,
    ),
    tests(
        "long_tests_pass",
        "-m",
        "long",
        "--ignore=tests/conformance/test_attached.py",
        "--ignore=tests/conformance/test_mutations.py",
        "--ignore=tests/unit/lint/test_managed_counts.py",
        least=7,
    ),
    tests("few_managed_policies_have_warnings", "tests/unit/lint/test_managed_counts.py", least=20),
    findings_of_corpora_are_as_expected,
    tests("wrong_compilers_are_found_out", "tests/conformance/test_mutations.py", "tests/conformance/test_attached.py", least=20),
    tests("opa_takes_what_was_signed_and_nothing_else", "tests/e2e/test_sign.py", "tests/e2e/test_unusable_keys.py", least=29),
    tests("a_server_gives_bundles_and_nothing_else", "tests/e2e/test_serve.py", least=40),
    tests("no_secret_is_logged", "tests/e2e/test_mask.py", "tests/unit/rego/bundle/test_mask.py", least=15),
    a_million_decisions_are_counted,
    narrower_policies_serve,
    a_long_file_is_tested_in_little_memory,
    documents_of_gateways_conform,
    mutants_of_the_example_are_killed,
    mutants_of_managed_policies_are_killed,
    mutants_of_the_library_are_killed,
    mutants_of_rules_are_killed,
    statuses_are_decisions,
    tests("hostile_requests_are_no_bypass", "tests/gateway/test_hostile_requests.py", least=300),
    replaced_bundles_decide_at_once,
    faults_allow_nothing,
    bench_prints_ratios,
    managed_policies_conform,
    safe_fixes_change_no_decision,
    safe_fixes_of_corpora_change_no_decision,
    parts_of_the_example,
    parts_of_managed_policies,
    opa_versions,
    packed(cases),
    packed(example_conforms),
    packed(managed_policies_conform),
    packed(work_grows_as_the_request_does),
    packed(hostile_requests_leave_opa_its_memory),
    packed(random_policy_sets_conform),
    packed(random_requests_conform),
    packed(lenient_requests_conform),
    packed(truth_tables_on_opa),
    packed(an_account_conforms),
    packed(mutants_of_the_example_are_killed),
    packed(mutants_of_managed_policies_are_killed),
    a_great_account_conforms,
    demo_without_go,
    demo_with_go,
    a_stranger_follows_the_documents,
    the_site_is_whole_and_needs_no_network,
    a_release_is_the_same_twice_and_lists_what_it_has,
    manifests_are_as_kubernetes_says,
)


FIRST: Final[Sequence[Claim]] = (
    mutants_of_the_library_are_killed,
    mutants_of_rules_are_killed,
    *(random_requests_conform, packed(random_requests_conform)),
    *(mutants_of_managed_policies_are_killed, packed(mutants_of_managed_policies_are_killed)),
    *(managed_policies_conform, packed(managed_policies_conform), parts_of_managed_policies, native_mutants_are_killed),
    *(opa_versions, bench_prints_ratios, z3_contradicts_no_proof, planted_faults_of_the_proofs_are_noticed),
    *(a_great_account_conforms, demo_with_go, demo_without_go),
)
"""The longest ones start first, so that none is left to run alone at the end."""
