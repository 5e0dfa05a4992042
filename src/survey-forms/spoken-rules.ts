import type { Fault } from './form-problem.ts';
import type { SurveyForm, SurveyItem } from './survey-form.ts';

/** More levels than this cannot be kept in mind when they are read out: the scale is then asked in two steps. */
const levelsAtOnce = 3;

function itemFaults(item: SurveyItem, pointer: string): readonly Fault[] {
  const levels = item.options.filter(({ notApplicable }) => !notApplicable);
  const faults: Fault[] = [];
  const add = (place: string, code: string, message: string): number =>
    faults.push({ pointer: `${pointer}${place}`, code, message });
  if (!item.script)
    add(
      '/script',
      'script_missing',
      `Item ${item.code} is read aloud but says no words. Write its "script".`,
    );
  if (item.confidential) {
    const message = `Item ${item.code} is confidential: a caller, who may be of the ward, never asks it. Ask it on the web or on paper.`;
    add('/confidential', 'spoken_confidential', message);
  }
  if (levels.length > 0 && levels.every(({ code }) => /^\d+$/.test(code))) {
    const message = `Item ${item.code} asks for a number, which is not understood on the phone. Use a scale of words in two steps.`;
    add('/options', 'spoken_numbers', message);
  }
  if (levels.length > levelsAtOnce && !item.unfolding) {
    const message = `Item ${item.code} has ${levels.length} options, too many to read out at once. Ask it in two steps ("unfolding").`;
    add('/unfolding', 'unfolding_missing', message);
  }
  return faults;
}

/** What is wrong with a form that is read aloud; nothing for a form that is read. */
export function spokenFaults(form: SurveyForm): readonly Fault[] {
  if (!form.script) return [];
  return form.items.flatMap((item, index) => itemFaults(item, `/items/${index}`));
}
