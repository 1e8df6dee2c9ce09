"""Policies with conditions."""


def policy(block: str) -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {block}}}}}'


def condition_on(operator: str, values: str, key: str = '"k:v"') -> str:
    return policy(f"{{{operator}: {{{key}: {values}}}}}")
