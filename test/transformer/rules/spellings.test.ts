import { expect, test } from '@jest/globals';
import { convertWith } from './row.ts';

const users = (groups: string): string => `aws_auth_users = [
    { userarn = "arn:aws:iam::111122223333:user/anna", username = "anna", groups = ["viewers"] },
    { userarn = "arn:aws:iam::111122223333:user/Anna", username = "anna", groups = ["${groups}"] },
  ]`;

/** Which spelling IAM has, the source does not tell, so that the rows are blocked whether their rights differ or not. */
test.each(['viewers', 'developers'])(
  'two spellings of a user are blocked, and nothing is said of rights: %s',
  async groups => {
    const { rows, diagnostics } = await convertWith(users(groups));
    expect(rows.map(({ disposition }) => disposition)).toEqual(['blocked', 'blocked']);
    const said = diagnostics.filter(({ code }) => code === 'TAE311');
    expect(said).toHaveLength(2);
    for (const { message } of said) expect(message).not.toContain('rights');
  },
);
