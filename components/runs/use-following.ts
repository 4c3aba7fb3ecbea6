import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** This near to the end counts as being there, px. */
const nearEnd = 24;

/**
 * Whether a box that scrolls is to be kept at its end while what it holds grows. It yields when a
 * person scrolls up, and goes on when the end is reached again.
 */
export function useFollowing(box: RefObject<HTMLElement | null>) {
  const [follow, setFollow] = useState(true);
  const lastTop = useRef(0);
  const jumped = useRef(false);

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

/** Keeps a box at its end. @param height of what it holds, px */
export function useStayAtEnd(box: RefObject<HTMLElement | null>, follow: boolean, height: number) {
  // Set directly: a way of scrolling that tries again later would do so for an end that has moved on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height has changed.
  useLayoutEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, height]);
}
