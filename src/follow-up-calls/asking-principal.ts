import { DomainError } from '../shared/domain-error.ts';
import type { Principal } from '../shared/principal.ts';

/** Who asks. The guard of the route has let them in; without anybody it throws `login_required`. */
export function askingPrincipal({ principal }: { readonly principal: Principal | null }): Principal {
  if (principal) return principal;
  throw new DomainError('unauthenticated', 'login_required', 'Please log in.');
}
