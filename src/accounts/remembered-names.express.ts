import type { Request, Response } from 'express';
import { cookieValue } from '../http/request-context.ts';
import { rememberedNames, withName } from './remembered-names.ts';

const cookieName = 'names';
const cookieOptions = { path: '/login', httpOnly: true, sameSite: 'lax' } as const;

/** The user names this device shows on its login page: those who wished it, today. */
export function namesOfDevice(request: Request): readonly string[] {
  return rememberedNames(cookieValue(request, cookieName));
}

/** Keeps a name on this device, and nowhere else, for so many ms. */
export function rememberOnDevice(request: Request, response: Response, name: string, maxAge: number): void {
  response.cookie(cookieName, withName(namesOfDevice(request), name), {
    ...cookieOptions,
    secure: request.secure,
    maxAge,
  });
}

/** Takes all names off this device. */
export function forgetOnDevice(response: Response): void {
  response.clearCookie(cookieName, cookieOptions);
}
