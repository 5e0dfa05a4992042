import { groupBy } from '../shared/group-by.ts';
import { staffPosts } from '../staff/staff-member.ts';
import type { StaffMember } from '../staff/staff-member.ts';
import type { DemoHospital } from './demo-hospital.ts';
import { seededRandom } from './seeded-random.ts';

/** First 工号 of the demonstration; each department has a hundred of its own. */
const firstNumber = 1000;
const numbersEach = 100;

/** The staff register of the demonstration hospital, the same each time; no name of it is a real person's. */
export function demoStaff({ activity, people }: DemoHospital): readonly StaffMember[] {
  return activity.flatMap(({ code, staff }, place) => {
    const random = seededRandom('staff', code);
    const posts = staffPosts.flatMap((post) => Array<typeof post>(staff[post] ?? 0).fill(post));
    return posts.map((post, index) => ({
      staffNumber: String(firstNumber + place * numbersEach + index + 1),
      name: random.pick(people.surnames) + random.pick(people.givenNames),
      post,
      departmentCode: code,
      nursingUnitCode: null,
      from: null,
      until: null,
    }));
  });
}

/** 工号 of those who work in each department of the demonstration hospital. */
export function demoColleagues(hospital: DemoHospital): (departmentCode: string) => readonly string[] {
  const known = groupBy(demoStaff(hospital), ({ departmentCode }) => departmentCode);
  return (departmentCode) => (known.get(departmentCode) ?? []).map(({ staffNumber }) => staffNumber);
}
