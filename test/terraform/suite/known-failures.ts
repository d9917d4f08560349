/**
 * Cases that show a fault of the product. The test of such a case passes while every finding is one of these, and fails
 * when they are gone: take the line out then.
 */
export const knownFailures: Readonly<Record<string, { text: string; because: string }>> = {};
