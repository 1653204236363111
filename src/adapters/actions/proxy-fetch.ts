type Variables = Readonly<Record<string, string | undefined>>;

/**
 * A `fetch` that goes through the proxy the environment names, or `undefined` where it names none.
 * `@actions/github` knows the variables' rules, `no_proxy` too; it is loaded only here because undici
 * comes with it. Its `fetch` serves the API that `GITHUB_API_URL` names.
 */
export async function createProxyFetch(env: Variables): Promise<typeof fetch | undefined> {
  if (!namesProxy(env)) return undefined;
  const { defaults } = await import("@actions/github/lib/utils");
  return defaults.request?.fetch as typeof fetch | undefined;
}

function namesProxy(env: Variables): boolean {
  const names = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];
  return names.some((name) => (env[name] ?? "") !== "");
}
