import type { Connection, Model, Schema } from 'mongoose';

/**
 * Registers a collection under exactly this name and returns its model: the way every store makes its model, so that its
 * indexes are built before the service is ready. The schema is copied, so one schema may serve many connections. Set for
 * all: no `__v`, no `id` getter, empty objects are kept, an unknown path in a filter throws, an unknown field in a document
 * throws.
 *
 * Reads are `lean<T[]>()`/`lean<T>()`: plain objects. Declare `_id: string` in `T` and `_id: { type: String, required: true }`
 * in the schema where the key is ours.
 */
export function defineCollection<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
  const own = schema.clone();
  own.set('versionKey', false);
  own.set('id', false);
  own.set('minimize', false);
  own.set('strict', 'throw');
  own.set('strictQuery', 'throw');
  own.set('autoIndex', false);
  own.set('autoCreate', false);
  return connection.model<T>(name, own, name);
}
