import { z } from 'zod';

/** Speakap's error codes by their printed names (`speakap-api.md`, 5). */
const NAMES: Readonly<Record<number, string>> = {
  [-1]: 'Invalid Request',
  [-2]: 'Invalid Token',
  [-3]: 'Insufficient Scope',
  [-4]: 'Not Found',
  [-5]: 'Internal Server Error',
  [-6]: 'Unknown Email Address',
  [-7]: 'Unexpected Password',
  [-8]: 'Invalid Email Address',
  [-9]: 'Already Member',
  [-10]: 'Gone',
  [-11]: 'Request Revoked',
  [-12]: 'Only Admin',
  [-13]: 'Stale Alert',
  [-14]: 'Incorrect Password',
  [-15]: 'Primary Email Address In Use',
  [-16]: 'Embed URL Failed',
  [-17]: 'Group Name In Use',
  [-18]: 'Role Name In Use',
  [-19]: 'Group Required',
  // Assumed (A41 of docs/speakap-adapter.md).
  [-22]: 'Quota Exceeded',
};
const UNNUMBERED = ['Stray User Prevented', 'No Stray User', 'Insufficient privileges'];

export const EMAIL_IN_USE = -15;
export const ONLY_ADMIN = -12;
/** What a 403 says about one person; any other 403 is about the token, and stops everybody (`speakap-api.md`, 5). */
const ABOUT_ONE_PERSON: ReadonlySet<number> = new Set([-6, -7, -8, -9, -10, ONLY_ADMIN, -14, EMAIL_IN_USE, -19]);
export const GROUP_NAME_IN_USE = -17;
export const QUOTA_EXCEEDED = -22;

const errorBody = z.object({
  code: z
    .union([
      z.number().int(),
      z
        .string()
        .regex(/^-?\d+$/)
        .transform(Number),
    ])
    .optional(),
  scimType: z.string().optional(),
  /** SCIM has no member for the code: its printed name is what the text begins with. */
  detail: z.string().transform(codeNamedBy).optional().catch(undefined),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** What an error answer says, as far as it can be read; its texts are left out, since they may name a person. */
export function errorBodyOf(text: string): ErrorBody {
  try {
    return errorBody.catch({}).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The code of an error answer; SCIM's is only believed where there is no other. */
export function codeOf({ code, detail }: ErrorBody): number | null {
  return code ?? detail ?? null;
}

export function isAboutOnePerson(code: number | null): boolean {
  return code !== null && ABOUT_ONE_PERSON.has(code);
}

function codeNamedBy(text: string): number | null {
  const start = text.trim().toLowerCase();
  const found = Object.entries(NAMES).find(([, name]) => start.startsWith(name.toLowerCase()));
  return found === undefined ? null : Number(found[0]);
}

export function codeName(code: number): string | null {
  return NAMES[code] ?? null;
}

/** A reason of Speakap's that is safe to repeat: a printed name, or that there is none. */
export function documentedReason(text: string): string {
  const known = [...Object.values(NAMES), ...UNNUMBERED];
  const found = known.find((name) => text.toLowerCase().includes(name.toLowerCase()));
  return found ?? 'refused without a documented reason';
}
