[% if grants.needed %]
# What [= grants.collection | line =] needs in [= connection.name | line =], and nothing else:
# applying this revokes every other Okta API scope of the app.
resource "okta_app_oauth_api_scope" [= resource | hcl =] {
  app_id = [= connection.client_id | hcl =] # the id of an OpenID Connect app is its client id
  issuer = [= connection.org | hcl =]
  scopes = [
[% for each in grants.needed %]
    [= each.scope | hcl =], # [= "new: " if since and each.new =][= some(each.requests) | line =]
[% endfor %]
  ]
}
[% else %]
# [= grants.collection | line =] needs no scope of Okta in [= connection.name | line =].
[% endif %]
[% for each in grants.revoke %]

# no request needs it any more: [= each | line =]
[% endfor %]
[% for each in grants.spare %]

# `app.grants` lists it, but no request needs it: [= each | line =]
[% endfor %]
