type Variables = Readonly<Record<string, string | undefined>>;

/** What a queue's program needs to find itself, its configuration and the network; nothing that authenticates to GitHub. */
const NAMES = new Set([
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LANGUAGE",
  "TZ",
  "TMPDIR",
  "TMP",
  "TEMP",
  "VIRTUAL_ENV",
  "PYTHONPATH",
  "PYTHONHOME",
  "LD_LIBRARY_PATH",
  "KUBECONFIG",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "REQUESTS_CA_BUNDLE",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  // Windows starts no program without these.
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "WINDIR",
  "COMSPEC",
  "PATHEXT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMDATA",
  "PROGRAMFILES",
]);
const PREFIXES = [
  "LC_",
  "XDG_",
  "CONDA_",
  "SLURM_",
  "SLURMD_",
  "XAX_",
  "RAY_",
  "SKYPILOT_",
  "PUEUE_",
];
const SECRET = /TOKEN|SECRET|PASSW|CREDENTIAL|KEY|JWT/;

/** The environment of a queue's program: an allow-list, so that no token and no input reaches it. */
export function buildChildEnvironment(env: Variables): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isKept(entry[0].toUpperCase()),
  );
  return Object.fromEntries(kept);
}

function isKept(name: string): boolean {
  if (NAMES.has(name)) return true;
  return PREFIXES.some((prefix) => name.startsWith(prefix)) && !SECRET.test(name);
}
