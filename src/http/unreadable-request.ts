/** A request that could not be read, with the status and the stable code of its problem. It repeats nothing of the request. */
export class UnreadableRequest extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.name = 'UnreadableRequest';
    this.status = status;
    this.code = code;
  }
}
