# The files of one folder are one module, which says once where its provider comes from.
terraform {
  required_providers {
    okta = {
      source = "okta/okta"
    }
  }
}
