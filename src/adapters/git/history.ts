import { RemoteError } from "../../core/errors.ts";
import { SESSION_FILES } from "../../core/log/columns.ts";
import type { History } from "../../ports/history.ts";
import { type Checkout, openCheckout } from "./checkout.ts";
import { createObjectReader } from "./object-reader.ts";
import { readAhead } from "./read-ahead.ts";
import { readLogHistory } from "./read-log-history.ts";
import type { RevisionsOptions } from "./revisions.ts";

/** Reads the history of logs in the repository that holds `cwd`. */
export function createHistory(options: RevisionsOptions): History {
  let opened: Promise<Checkout> | undefined;
  const open = () => {
    opened ??= openCheckout({ ...options, purpose: "read" });
    return opened;
  };
  return {
    async readLogHistory(session) {
      const checkout = await open();
      const folder = await checkout.locate(options.experimentsDir);
      const prefix = folder === "" ? "" : `${folder}/`;
      return readLogHistory(checkout, `${prefix}${session}/${SESSION_FILES.log}`);
    },
    async *readBlobs(oids) {
      const checkout = await open();
      const reader = await createObjectReader(checkout.root, checkout.env);
      try {
        const wanted = oids.map((oid) => ({ oid }));
        for await (const [{ oid }, object] of readAhead(reader, wanted)) {
          if (object === undefined) throw missingBlob(oid);
          yield object.content;
        }
      } finally {
        await reader.close();
      }
    },
  };
}

function missingBlob(oid: string): RemoteError {
  return new RemoteError(`git does not hold the log ${oid} of its own history.`, {
    remedy: "Run `git fsck`; in a partial clone, check that the remote can be reached.",
  });
}
