import Joi from 'joi';

/** An IANA time zone this machine knows. */
export const timeZone = Joi.string().custom((value: string, helpers) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return helpers.message({ custom: 'must be an IANA time zone such as Asia/Shanghai' });
  }
});

const is32Bytes = (value: string): boolean =>
  /^[A-Za-z0-9+/]{43}=?$/.test(value) && Buffer.from(value, 'base64').length === 32;

/** One or more keys of 32 bytes in base64, spaces or commas between them, as a list; each stands once. */
export const keyList = Joi.string().custom((value: string, helpers) => {
  const keys = value.split(/[\s,]+/).filter((part) => part !== '');
  if (keys.length === 0 || !keys.every(is32Bytes))
    return helpers.message({
      custom: 'must be keys of 32 bytes in base64, as "openssl rand -base64 32" prints, spaces between them',
    });
  return new Set(keys).size === keys.length ? keys : helpers.message({ custom: 'names a key twice' });
});

/** 32 bytes in base64. */
export const key32 = Joi.string()
  .base64({ paddingRequired: false })
  .custom((value: string, helpers) =>
    Buffer.from(value, 'base64').length === 32
      ? value
      : helpers.message({ custom: 'must be 32 bytes in base64, as "openssl rand -base64 32" prints' }),
  );

/** A MongoDB address. joi's own URI rule knows one host only; a replica set names several, each with its port. */
export const mongoUri = Joi.string().custom((value: string, helpers) =>
  /^mongodb(\+srv)?:\/\/[^\s/?#]+([/?][^\s#]*)?$/.test(value)
    ? value
    : helpers.message({
        custom: 'must be written as mongodb://host:27017/ or mongodb://a:27017,b:27017/?replicaSet=rs0',
      }),
);

/**
 * An origin, with or without the slash at its end, which is taken off. Pages name their files from the root, and links are
 * made by adding a path: an address below a path cannot work.
 */
export const origin = Joi.string().custom((value: string, helpers) =>
  URL.canParse(value) && /^https?:\/\/[^\s/?#@\\]+\/*$/.test(value)
    ? new URL(value).origin
    : helpers.message({
        custom: 'must be http or https, a host and perhaps a port, such as https://manyi.hospital.example',
      }),
);
