/**
 * Cases that show a fault of the product. The test of such a case passes while every finding is one of these, and fails
 * when they are gone: take the line out then.
 */
export const knownFailures: Readonly<Record<string, { text: string; because: string }>> = {
  'inline/heredocs': {
    text: 'a node role that is not of module.eks',
    because:
      'a list that only a plan knows has the nodes of Karpenter, and the check of phase 2 knows those of module.eks alone',
  },
};
