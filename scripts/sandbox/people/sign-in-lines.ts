/** What `npm start` says of the console and of who can sign in there. */
import { PROVINCES } from '@hefu/protocol'
import { SAMPLE_PEOPLE } from './sample-people.ts'

/** One line a person. */
export function signInLines(consoleUrl: string, password: string): readonly string[] {
  return [
    `\n操作台 · Console  ${consoleUrl}`,
    '示例人员（均为虚构，勿用于生产） · Sample people, all invented, not for production',
    ...SAMPLE_PEOPLE.map(
      ({ name, roleName, region }) =>
        `  ${roleName.zh} ${name.zh}（${PROVINCES[region] ?? region}） · ${name.en}, ${roleName.en}`,
    ),
    `口令（所有示例人员相同） · Password, the same for all of them  ${password}`,
    '动态口令：需要时显示在登录页上 · One-time code: shown on the sign-in page where it is asked for',
  ]
}
