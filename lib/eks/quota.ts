/** Access entries per cluster; the quota cannot be raised. Source: https://docs.aws.amazon.com/general/latest/gr/eks.html */
export const maxAccessEntries = 3000;
