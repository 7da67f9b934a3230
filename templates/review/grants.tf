[% if grants.needed %]
# The Okta API scopes that [= grants.collection | line =] needs in [= connection.name | line =].
# Terraform revokes every other Okta API scope of the app.
resource "okta_app_oauth_api_scope" [= resource | hcl =] {
  app_id = [= connection.client_id | hcl =] # the ID of an OpenID Connect app is its client ID
  issuer = [= connection.org | hcl =]
  scopes = [
[% for each in grants.needed %]
    [= each.scope | hcl =], # [= "new: " if since and each.new =][= some(each.requests) | line =]
[% endfor %]
  ]
}
[% else %]
# [= grants.collection | line =] needs no Okta API scope in [= connection.name | line =].
[% endif %]
[% for each in grants.revoke %]

# revoked, because no request needs it any longer: [= each | line =]
[% endfor %]
[% for each in grants.spare %]

# in `app.grants`, but not needed by any request: [= each | line =]
[% endfor %]
