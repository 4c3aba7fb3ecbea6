import { answerApi } from "#lib/api/endpoint.ts";

export { answerApi as DELETE, answerApi as GET, answerApi as POST, answerApi as PUT };
