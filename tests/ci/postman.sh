# ACCESS_TOKEN is a secret of the job, or what an earlier step got for a service app.
postman collection run okta-users.postman_collection.json \
  --environment okta-users.acme.okta.com.postman_environment.json \
  --env-var "accessToken=$ACCESS_TOKEN" \
  --reporters cli,junit --reporter-junit-export postman.xml
