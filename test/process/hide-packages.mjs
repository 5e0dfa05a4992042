// Preloaded with NODE_OPTIONS=--import: the packages of HIDDEN_PACKAGES cannot be found, as after npm ci --omit=dev.
import { register } from 'node:module';

const names = (process.env.HIDDEN_PACKAGES ?? '').split(',');
const hook = `
const names = ${JSON.stringify(names)};
export function resolve(specifier, context, next) {
  if (names.some((name) => specifier === name || specifier.startsWith(name + '/')))
    throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: 'ERR_MODULE_NOT_FOUND' });
  return next(specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
