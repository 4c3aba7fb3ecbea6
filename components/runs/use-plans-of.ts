import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** A leg that began since the page was read has a plan that only the server knows. */
export function usePlansOf(legs: number, plans: number): void {
  const router = useRouter();
  useEffect(() => {
    if (legs > plans) router.refresh();
  }, [legs, plans, router]);
}
