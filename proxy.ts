import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy, securityHeaders } from "#lib/auth/security-headers.ts";

/** Gives every page a nonce of its own, and every answer the headers that browsers guard us by. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const dev = process.env.UPLIFT_DEV === "1" || process.env.UPLIFT_DEV === "true";
  const policy = contentSecurityPolicy({ nonce, dev });
  // Next reads the nonce for its own scripts from the request's policy, our layout from x-nonce.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of securityHeaders) response.headers.set(name, value);
  return response;
}

export const config = {
  // Built files carry no scripts of their own to guard, and are many.
  matcher: ["/((?!_next/static|_next/image|icon.svg).*)"],
};
