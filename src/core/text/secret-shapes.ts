/** A kind of secret that can be recognised without knowing it. */
export interface SecretShape {
  readonly name: string;
  /** Linear: what repeats is either bounded, or followed by nothing, or anchored by a lookbehind. */
  readonly pattern: RegExp;
  /** What replaces it; `$1` is the part that is no secret, such as a variable's name. */
  readonly replacement: string;
}

export const REDACTED = "[redacted]";

/**
 * Known shapes of secrets, those that can contain another first. Sources: the documented prefixes of
 * each service, as collected in https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
export const SECRET_SHAPES: readonly SecretShape[] = [
  shape(
    "private key",
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ),
  shape("password in a URL", /(:\/\/)[^\s/?#@:"']{0,256}:[^\s/?#@"']{1,512}(?=@)/g, "$1"),
  shape(
    "authorization header",
    /(authorization["']?\s{0,8}[:=]\s{0,8}["']?(?:(?:bearer|basic|token|digest)\s{1,8})?)(?!(?:bearer|basic|token|digest)\b)[^\s"',;[]{4,}/gi,
    "$1",
  ),
  shape("bearer token", /(\bbearer\s{1,8})[A-Za-z0-9._~+/=-]{16,}/gi, "$1"),
  shape("GitHub token", /gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}/g),
  shape("AWS access key id", /(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}/g),
  shape(
    "AWS secret access key",
    /(secret_?access_?key["']?\s{0,8}[:=]\s{0,8}["']?)[A-Za-z0-9/+]{30,}={0,2}/gi,
    "$1",
  ),
  shape("Slack token", /xox[abeoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}/g),
  shape("Slack webhook", /(hooks\.slack\.com\/)(?:services|workflows)\/[A-Za-z0-9/_-]{10,}/g, "$1"),
  shape("API key", /(?<![A-Za-z0-9_-])sk-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/g),
  shape("Hugging Face token", /hf_[A-Za-z0-9]{30,}/g),
  shape("Google API key", /AIza[A-Za-z0-9_-]{35,}/g),
  shape("npm token", /npm_[A-Za-z0-9]{36,}/g),
  shape("GitLab token", /glpat-[A-Za-z0-9_-]{20,}/g),
  shape(
    "JSON Web Token",
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
  ),
  shape(
    "secret in an environment variable",
    /((?:API_KEY|TOKEN|SECRET|PASSWORD)=["']?)(?=[A-Za-z_./+-]*\d)[A-Za-z0-9_./+-]{16,}={0,2}/g,
    "$1",
  ),
];

/** A cheap test that every text with one of the shapes passes; most other texts do not. */
export const SUSPICIOUS =
  /gh[pousr]_|github_pat_|A[KS]IA|xox[abeoprs]-|xapp-|sk-|hf_|AIza|npm_|glpat-|eyJ|-----BEGIN|:\/\/|uthorization|UTHORIZATION|earer|EARER|access_?key|ACCESS_?KEY|AccessKey|accessKey|API_KEY=|TOKEN=|SECRET=|PASSWORD=|hooks\.slack/;

function shape(name: string, pattern: RegExp, kept = ""): SecretShape {
  return { name, pattern, replacement: `${kept}${REDACTED}` };
}
