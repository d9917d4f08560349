/**
 * Whether a file is one of Terragrunt or of Terraform Stacks, which compose a module from outside. Sources:
 * terragrunt.gruntwork.io/docs/reference/hcl (file names); developer.hashicorp.com/terraform/language/stacks.
 */
export const isForeignFile = (name: string): boolean =>
  /^terragrunt\.(?:hcl(?:\.json)?|stack\.hcl)$|\.tf(?:stack|component|deploy)\.hcl$/.test(name);

/** The file of a unit of Terragrunt. */
export const unitFile = 'terragrunt.hcl';

/** The same in JSON syntax, in which nothing is written. */
export const jsonUnitFile = 'terragrunt.hcl.json';

/** Whether a name is that of a unit of Terragrunt, in either syntax. */
export const isUnitFile = (name: string): boolean => name === unitFile || name === jsonUnitFile;
