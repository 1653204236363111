import { devNull } from "node:os";

/** A configuration value given to git by environment only. */
export type GitConfig = readonly (readonly [key: string, value: string])[];

/** What git needs of the machine's environment: programs, home, proxies, certificates. Nothing else reaches it. */
const PASSED_ON = [
  ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME"],
  ["SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "PROGRAMDATA"],
  ["http_proxy", "https_proxy", "no_proxy", "all_proxy"],
  ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"],
  ["SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH"],
  ["SSH_AUTH_SOCK", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"],
].flat();

/** The environment of a git child process: an allow-list, no prompts, English messages, and configuration by environment. */
export function buildGitEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  config: GitConfig,
  extra: readonly string[] = [],
): Record<string, string> {
  const passed = [...PASSED_ON, ...extra].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "",
    SSH_ASKPASS: "",
    GCM_INTERACTIVE: "never",
    // Blocks remote helpers such as `ext::`, which run programs: https://git-scm.com/docs/git#Documentation/git.txt-codeGITALLOWPROTOCOLcode
    GIT_ALLOW_PROTOCOL: "file:git:http:https:ssh",
    ...encodeConfig(config),
  };
}

/** What keeps a machine's own settings from changing what our git does. Proxies and certificates stay the machine's. */
export const QUIET_CONFIG: GitConfig = [
  ["core.hooksPath", devNull],
  ["core.fsmonitor", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
];

/**
 * Configuration of our own repository's git: no helper, no hook, no maintenance, and the credential as a header that goes to
 * this repository's address only. An empty value clears what the machine's configuration lists: https://git-scm.com/docs/git-config
 */
export function buildRemoteConfig(url: string, token: string | undefined): GitConfig {
  return [
    ...QUIET_CONFIG,
    ["credential.helper", ""],
    ["core.askPass", ""],
    ["fetch.recurseSubmodules", "false"],
    ["fetch.unpackLimit", "1"],
    ["fastimport.unpackLimit", "0"],
    ["fetch.writeCommitGraph", "false"],
    ["push.followTags", "false"],
    ["push.gpgSign", "false"],
    ["push.recurseSubmodules", "no"],
    ["submodule.recurse", "false"],
    ["protocol.version", "2"],
    ["http.lowSpeedLimit", "1000"],
    ["http.lowSpeedTime", "30"],
    ...credentialConfig(url, token),
  ];
}

function credentialConfig(url: string, token: string | undefined): GitConfig {
  if (token === undefined || !/^https?:\/\//.test(url)) return [];
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  // git takes the value of the longest matching address only, so the whole address wins over any header of the machine.
  const key = `http.${url}.extraHeader`;
  return [
    ["http.extraHeader", ""],
    [key, ""],
    [key, `Authorization: Basic ${basic}`],
  ];
}

function encodeConfig(config: GitConfig): Record<string, string> {
  const pairs = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return { GIT_CONFIG_COUNT: String(config.length), ...Object.fromEntries(pairs) };
}
