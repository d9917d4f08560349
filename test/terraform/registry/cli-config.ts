/**
 * The CLI configuration (TF_CLI_CONFIG_FILE) that sends both engines to the loopback registry.
 * A source without a host means registry.terraform.io to Terraform and registry.opentofu.org to
 * OpenTofu. A host block replaces the host's discovery document, so providers must come from the
 * mirror, which is laid out <host>/hashicorp/aws/<version>/<os>_<arch>/ for each of the two hosts.
 * https://developer.hashicorp.com/terraform/cli/config/config-file
 */
export function cliConfig(options: { modulesUrl: string; mirrorDir?: string | undefined }): string {
  const hosts = ['registry.terraform.io', 'registry.opentofu.org'].map(
    host => `host ${quote(host)} {\n  services = {\n    "modules.v1" = ${quote(options.modulesUrl)}\n  }\n}\n`,
  );
  return ['disable_checkpoint = true\n', ...hosts, ...(options.mirrorDir ? [mirror(options.mirrorDir)] : [])].join(
    '\n',
  );
}

/** The only method: what the mirror lacks is an error, not a download. */
function mirror(directory: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${quote(directory)}\n  }\n}\n`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
