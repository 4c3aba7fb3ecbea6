import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** This near to the end counts as being there, px. */
const nearEnd = 24;

/**
 * Keeps a box that scrolls at its end while what it holds grows. It yields when a person scrolls up,
 * and goes on when the end is reached again.
 *
 * @param height of what it holds, px
 */
export function useFollowing(box: RefObject<HTMLElement | null>, height: number) {
  const [follow, setFollow] = useState(true);
  const lastTop = useRef(0);
  const jumped = useRef(false);

  // Not the virtualizer's own way of scrolling: that tries again later, for an end that has moved on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height has changed.
  useLayoutEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, height]);

  function onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = box.current ?? document.body;
    if (jumped.current) {
      jumped.current = false;
    } else {
      // Only a person scrolls up; lines that arrive move the end away, not the place.
      if (scrollTop < lastTop.current) setFollow(false);
      if (scrollHeight - scrollTop - clientHeight < nearEnd) setFollow(true);
    }
    lastTop.current = scrollTop;
  }

  /** Before going to a place: staying there is wanted, even if it is at the end. */
  function jump() {
    jumped.current = true;
    setFollow(false);
  }

  const stop = useCallback(() => setFollow(false), []);
  return { follow, setFollow, onScroll, jump, stop };
}
