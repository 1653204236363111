import {
  buildSchema,
  defaultFieldResolver,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import { authenticate } from "../access.ts";
import { type Incoming, jsonReply, type Reply } from "../http.ts";
import { Problem } from "../problem.ts";
import type { RecordedRequest } from "../record.ts";
import type { RestContext } from "../rest/serve.ts";
import { problemReply } from "../rest/serve.ts";
import type { Token } from "../state.ts";
import { commentById, type GraphqlContext, issueById, repoById, repoByName } from "./context.ts";
import { commentNode } from "./conversation.ts";
import { mutationRoot, viewerNode } from "./mutations.ts";
import { issueNode, repositoryNode } from "./objects.ts";

let schema: Promise<GraphQLSchema> | undefined;

async function buildGithubSchema(): Promise<GraphQLSchema> {
  const { schema: source } = await import("@octokit/graphql-schema");
  return buildSchema(source.idl, { assumeValidSDL: true });
}

/** GitHub's schema; building it takes most of a second, so once per process. */
function githubSchema(): Promise<GraphQLSchema> {
  schema ??= buildGithubSchema();
  return schema;
}

class NotServed extends Error {}

/** A field of the schema this server does not know is a gap to be reported, not a null. */
const strictResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  if (typeof source === "object" && source !== null && !(info.fieldName in source)) {
    throw new NotServed(`${info.parentType.name}.${info.fieldName} is not served by the loopback`);
  }
  return defaultFieldResolver(source, args, context, info);
};

function anyNode(context: GraphqlContext, id: string): object {
  const finders: (() => object)[] = [
    () => repositoryNode(context, repoById(context, id)),
    () => {
      const { repo, issue } = issueById(context, id);
      return issueNode(context, repo, issue);
    },
    () => {
      const { repo, comment } = commentById(context, id);
      return commentNode(context, repo, comment);
    },
  ];
  let refusal: unknown;
  for (const find of finders) {
    try {
      return find();
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

function rootFor(context: GraphqlContext): object {
  return {
    viewer: () => viewerNode(context),
    repository: ({ owner, name }: { owner: string; name: string }) =>
      repositoryNode(context, repoByName(context, owner, name)),
    node: ({ id }: { id: string }) => anyNode(context, id),
    rateLimit: () => ({
      limit: 5000,
      cost: 1,
      remaining: 4999,
      used: 1,
      resetAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
    ...mutationRoot(context),
  };
}

function validationEntry(error: GraphQLError): object {
  const field = /Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message);
  if (!field) return { message: error.message, locations: error.locations };
  return {
    path: ["query", field[1]],
    extensions: { code: "undefinedField", typeName: field[2], fieldName: field[1] },
    locations: error.locations,
    message: `Field '${field[1]}' doesn't exist on type '${field[2]}'`,
  };
}

function executionEntry(error: GraphQLError): object {
  const cause = error.originalError;
  const type = cause instanceof Problem ? { type: cause.type } : {};
  const message = cause instanceof Problem ? cause.sentence : error.message;
  return { ...type, path: error.path, locations: error.locations, message };
}

function fieldsOf(body: unknown): { query: string; variables: Record<string, unknown> } {
  if (typeof body !== "object" || body === null || !("query" in body)) {
    throw new Problem(400, "A query attribute must be specified and must be a string.");
  }
  const variables = "variables" in body ? (body.variables as Record<string, unknown>) : undefined;
  return { query: String(body.query), variables: variables ?? {} };
}

async function run(
  { world, recorder }: RestContext,
  token: Token,
  record: RecordedRequest,
): Promise<Reply> {
  const { query, variables } = fieldsOf(record.body);
  const built = await githubSchema();
  const refuse = (errors: readonly GraphQLError[]): Reply => {
    for (const error of errors) recorder.violate(record, `GraphQL: ${error.message}`);
    return jsonReply(200, { errors: errors.map(validationEntry) });
  };
  let document: ReturnType<typeof parse>;
  try {
    document = parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return refuse([error]);
    throw error;
  }
  const problems = validate(built, document);
  if (problems.length > 0) return refuse(problems);
  const result = await execute({
    schema: built,
    document,
    rootValue: rootFor({ world, token }),
    variableValues: variables,
    fieldResolver: strictResolver,
  });
  const errors = result.errors ?? [];
  if (errors.length === 0) return jsonReply(200, { data: result.data });
  for (const error of errors) {
    if (!(error.originalError instanceof Problem)) {
      recorder.violate(record, `GraphQL: ${error.originalError?.stack ?? error.message}`);
    }
  }
  return jsonReply(200, { data: result.data ?? null, errors: errors.map(executionEntry) });
}

/** Answers a GraphQL request on GitHub's own schema. */
export async function serveGraphql(
  context: RestContext,
  incoming: Incoming,
  record: RecordedRequest,
): Promise<Reply> {
  try {
    const token = authenticate(context.world, incoming.headers.authorization);
    if (!token) throw new Problem(401, "This endpoint requires you to be authenticated.");
    return await run(context, token, record);
  } catch (error) {
    if (error instanceof Problem) return problemReply(error);
    throw error;
  }
}
