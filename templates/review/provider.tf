# All files in this folder are one Terraform module, which declares its provider once.
terraform {
  required_providers {
    okta = {
      source = "okta/okta"
    }
  }
}
