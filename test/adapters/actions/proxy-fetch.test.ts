import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createProxyFetch } from "../../../src/adapters/actions/proxy-fetch.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** A proxy that leads every tunnel to one server, and remembers where the tunnels were to lead. */
async function startProxy(target: string): Promise<{ url: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, client) => {
    tunnels.push(request.url ?? "");
    const server = connect(Number(new URL(target).port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      server.pipe(client).pipe(server);
    });
  });
  return { url: await listen(proxy), tunnels };
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("fetch behind a proxy", () => {
  test("is the ordinary one where no proxy is named", async () => {
    expect(await createProxyFetch({})).toBeUndefined();
    expect(await createProxyFetch({ https_proxy: "" })).toBeUndefined();
  });

  test("goes through the proxy that is named", async () => {
    const api = await listen(createServer((_, response) => response.end("answer")));
    const { url, tunnels } = await startProxy(api);
    vi.stubEnv("http_proxy", url);
    vi.stubEnv("no_proxy", "");
    // The toolkit never uses a proxy for loopback addresses, so the API has a name here.
    vi.stubEnv("GITHUB_API_URL", "http://api.example");
    const proxyFetch = await createProxyFetch(process.env);
    const response = await proxyFetch?.("http://api.example/rate_limit");
    expect(await response?.text()).toBe("answer");
    expect(tunnels).toEqual(["api.example:80"]);
  });
});
