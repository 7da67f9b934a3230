"""The rules that every draft must obey.

To add one: write a function of a draft and its problems in the module that it belongs to, add it
to RULES, explain its code in `templates/problems/`, and put a manifest that breaks it into
`tests/bad/`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from okta_postman.manifest.draft import Draft
from okta_postman.manifest.problem_list import Problems
from okta_postman.manifest.rules import (
    environments,
    grants,
    layout,
    names,
    requests,
    scopes,
    sign_in,
    values,
    variables,
)

Rule: TypeAlias = Callable[[Draft, Problems], None]
"""Looks at a draft, and adds a problem for each place where it is broken."""

RULES: Final[tuple[Rule, ...]] = (
    names.names_are_literal,
    names.default_names_are_short,
    names.names_make_file_names,
    environments.environments_are_complete,
    environments.environments_have_files_of_their_own,
    environments.redirect_uris_are_off_the_org,
    environments.apps_are_of_one_kind,
    environments.client_ids_belong_to_one_org,
    sign_in.sign_in_parameters_are_free,
    scopes.servers_issue_okta_scopes,
    scopes.org_server_issues_no_custom_scopes,
    scopes.org_server_issues_no_token_without_a_scope,
    scopes.okta_scopes_are_known,
    scopes.openid_scopes_include_openid,
    scopes.scope_sets_are_short,
    scopes.endpoints_are_under_documented_scopes,
    grants.scopes_are_granted,
    requests.endpoints_are_listed_once,
    requests.requests_are_described_once,
    requests.public_endpoints_need_no_token,
    requests.headers_can_be_sent,
    requests.bodies_can_be_sent,
    requests.path_values_fit_their_paths,
    requests.names_differ_in_a_folder,
    variables.variables_have_free_names,
    variables.variables_match_parameters,
    variables.references_are_declared,
    values.values_fit_their_places,
    values.values_have_an_end,
    values.segments_are_no_dots,
    layout.folders_hold_the_auth,
    layout.scopes_of_the_collection_are_short,
)
