import type { Clock } from '../../src/shared/clock.ts';

/** A clock that stands still until a test moves it. */
export interface MovingClock extends Clock {
  /** Sets the present moment, ISO with zone. */
  readonly set: (moment: string) => void;
  readonly advance: (ms: number) => void;
}

/** A clock standing at a moment. */
export function movingClock(moment: string): MovingClock {
  let now = new Date(moment).getTime();
  return {
    now: () => new Date(now),
    set: (next) => {
      now = new Date(next).getTime();
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
