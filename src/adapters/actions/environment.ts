import { homedir } from "node:os";
import { InputError } from "../../core/errors.ts";
import { quoteUntrusted } from "../../core/text/safe-log.ts";

/** What the runner tells a step about its run. */
export interface Environment {
  readonly owner: string;
  readonly repo: string;
  readonly repositoryId: string | undefined;
  /** The working directory of the job; a checkout only where a step made one. */
  readonly workspace: string;
  /** For files that live as long as the job. */
  readonly tempDir: string | undefined;
  readonly home: string;
  readonly eventName: string;
  readonly eventPath: string | undefined;
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** The page of this run. */
  readonly runUrl: string | undefined;
  /** The login that started the run, and the one that started this attempt of it. */
  readonly actor: string | undefined;
  readonly triggeringActor: string | undefined;
  /** 1 for the first attempt, more on a re-run. */
  readonly runAttempt: number | undefined;
  /** Debug logging was asked for. */
  readonly isDebug: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables a runner sets. Throws `InputError` outside a workflow.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function readEnvironment(env: Variables): Environment {
  const { owner, repo } = parseRepository(env["GITHUB_REPOSITORY"]);
  const serverUrl = variable(env, "GITHUB_SERVER_URL") ?? "https://github.com";
  const runId = variable(env, "GITHUB_RUN_ID");
  return {
    owner,
    repo,
    repositoryId: variable(env, "GITHUB_REPOSITORY_ID"),
    workspace: variable(env, "GITHUB_WORKSPACE") ?? process.cwd(),
    tempDir: variable(env, "RUNNER_TEMP"),
    home: variable(env, "HOME") ?? homedir(),
    eventName: variable(env, "GITHUB_EVENT_NAME") ?? "",
    eventPath: variable(env, "GITHUB_EVENT_PATH"),
    apiUrl: variable(env, "GITHUB_API_URL") ?? "https://api.github.com",
    serverUrl,
    runUrl: runId === undefined ? undefined : `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`,
    actor: variable(env, "GITHUB_ACTOR"),
    triggeringActor: variable(env, "GITHUB_TRIGGERING_ACTOR"),
    runAttempt: parseAttempt(env["GITHUB_RUN_ATTEMPT"]),
    isDebug: env["RUNNER_DEBUG"] === "1",
  };
}

/** Whatever such a variable holds is a secret. */
const PASSWORD_NAME = /(?:^|_)(?:SECRET|SECRET_KEY|PASSWORD|PASSWD|PRIVATE_KEY|CREDENTIALS)$/i;

/** Such a variable may also hold `<|endoftext|>` or the name of a header, so its value must look drawn by lot. */
const TOKEN_NAME = /(?:^|_)(?:TOKEN|API_?KEY|ACCESS_KEY|ACCESS_KEY_ID)$/i;

/**
 * Values of the run that must never be committed or posted: those of variables named like secrets. A
 * value that is no secret but is taken for one would be torn out of every text, hence the care.
 */
export function readSecrets(env: Variables): readonly string[] {
  const values = Object.entries(env)
    .filter(([name, value = ""]) => isSecret(name, value))
    .map(([, value = ""]) => value);
  return [...new Set(values)];
}

function isSecret(name: string, value: string): boolean {
  // An address or a path says where a secret is, unless it carries one.
  if (value === "" || /^(?:https?:\/\/[^@]*|\/.*|true|false)$/.test(value)) return false;
  return PASSWORD_NAME.test(name) || (TOKEN_NAME.test(name) && /\d/.test(value));
}

function parseRepository(text: string | undefined): { owner: string; repo: string } {
  const [owner = "", repo = "", ...rest] = (text ?? "").split("/");
  const isName = [owner, repo].every((part) => /^[A-Za-z0-9._-]{1,100}$/.test(part));
  if (isName && rest.length === 0) return { owner, repo };
  throw new InputError(
    `GITHUB_REPOSITORY is ${quoteUntrusted(text ?? "")}, expected owner/name as a runner sets it.`,
    { remedy: "Outside a workflow use the command line, experiment-monitor." },
  );
}

function parseAttempt(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text ?? "") ? Number(text) : undefined;
}

/** An empty variable is an absent one. */
function variable(env: Variables, name: string): string | undefined {
  return env[name] || undefined;
}
