import {
  agentOf,
  agentToken,
  consumerToken,
  exchanged,
  externalToken,
  fromBrand,
  signIn,
  vouchedToken,
} from './identity.ts';
import type { UserRecord } from './records.ts';
import { bearerOf, type Route, type RouteAnswer, type RouteContext, textOf } from './route.ts';
import { refuse, secondsNow } from './world.ts';

/** Tokens for consumers (PROTOCOL §2, flows A–E) and for the brand's people. */

function tokenAnswer({ world }: RouteContext, token: string, documented: 'jwt' | 'token'): RouteAnswer {
  const key = world.variants.token === 'by flow' ? documented : world.variants.token;
  return { body: { [key]: token } };
}

function needed(context: RouteContext, name: string): string {
  return textOf(context.request, name) ?? refuse(400, `${name} is missing`);
}

/**
 * The code flow (PROTOCOL §2, D): `{code, redirect_uri}` → `{jwt}`. There is no brand to ask, so every code is good: the
 * part before its first "." says who it is (`jo.1` and `jo.2` are the same person), except that a code of nobody
 * (empty, or beginning with ".") is refused as spent.
 */
function byCode(context: RouteContext): RouteAnswer {
  const { world, account } = context;
  const [sub = ''] = needed(context, 'code').split('.');
  const redirect = needed(context, 'redirect_uri');
  if (!URL.canParse(redirect)) refuse(400, 'redirect_uri is malformed');
  if (sub === '') refuse(401, 'code is invalid');
  const exp = secondsNow(world) + world.lifetimes.consumer;
  return tokenAnswer(context, vouchedToken(world, account, { sub, iss: new URL(redirect).origin, exp }), 'jwt');
}

function session({ world, account }: RouteContext, user: UserRecord): RouteAnswer {
  const bearer = agentToken(world, account, user);
  return {
    body: {
      bearer,
      csrf: bearer,
      sessionTTl: String(world.lifetimes.agent),
      config: {
        userId: user.userId,
        userPid: user.pid,
        loginName: user.loginName,
        isAdmin: user.admin,
        userPrivileges: [],
      },
      accountData: {},
    },
  };
}

/** Login answers name their error as `node-agent-sdk` reads it. */
function loginRefused(text: string): RouteAnswer {
  return { status: 401, body: { error: text, internalCode: 401 } };
}

export const IDENTITY_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: /^signup$/,
    answer: (context) =>
      tokenAnswer(context, consumerToken(context.world, context.account, context.world.lifetimes.signup), 'jwt'),
  },
  {
    method: 'POST',
    path: /^anonymous\/authorize$/,
    answer: (context) =>
      tokenAnswer(context, externalToken(context.world, context.account, textOf(context.request, 'id_token')), 'token'),
  },
  {
    method: 'POST',
    path: /^authenticate$/,
    answer: (context) => {
      const token = fromBrand(context.world, context.account, needed(context, 'authCode'));
      return tokenAnswer(context, token ?? refuse(401, 'authCode is invalid'), 'jwt');
    },
  },
  {
    method: 'POST',
    path: /^app\/([^/]+)\/authenticate$/,
    answer: (context) => {
      if (textOf(context.request, 'code') !== null) return byCode(context);
      const token = exchanged(context.world, context.account, needed(context, 'id_token'));
      return tokenAnswer(context, token ?? refuse(401, 'id_token is invalid'), 'token');
    },
  },
  {
    method: 'POST',
    path: /^login$/,
    answer: (context) => {
      const { request, account } = context;
      const user = signIn(account, textOf(request, 'username') ?? '', textOf(request, 'password') ?? '');
      return user ? session(context, user) : loginRefused('Login failed');
    },
  },
  {
    method: 'POST',
    path: /^refresh$/,
    answer: (context) => {
      const user = agentOf(
        context.world,
        context.account,
        textOf(context.request, 'csrf') ?? bearerOf(context.request) ?? '',
      );
      return user ? session(context, user) : loginRefused('The session has ended');
    },
  },
];
