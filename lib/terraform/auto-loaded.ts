/** Whether Terraform loads a file by itself where it lies in the root module, by the name at the end of its path. */
export const isAutoLoaded = (path: string): boolean =>
  /(?:^|[/\\])terraform\.tfvars(?:\.json)?$/.test(path) || /\.auto\.tfvars(?:\.json)?$/.test(path);
