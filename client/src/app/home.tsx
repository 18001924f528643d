import { Navigate } from 'react-router';
import { homeOf } from './navigation';
import { useSession } from './session';

/** `/`: on to where this role works. */
export function Home() {
  const { person } = useSession();
  return <Navigate to={homeOf(person.role)} replace />;
}
