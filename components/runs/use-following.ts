import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type WheelEvent,
} from "react";

/** This near to the end counts as being there, px. */
const nearEnd = 24;

const keysUp = new Set(["ArrowUp", "PageUp", "Home"]);

/**
 * Keeps a box that scrolls at its end while what it holds grows. It yields when a person scrolls up, and goes on
 * when a person has reached the end again.
 *
 * A wheel or a key is taken as the wish itself: the browser moves the box a frame later, and lines that arrive in
 * that frame would put it back to the end before anybody saw it move.
 */
export function useFollowing(box: RefObject<HTMLElement | null>) {
  const [follow, setFollow] = useState(true);
  /** Where the box was when it was last looked at, or was put by the page itself; px. */
  const lastTop = useRef(0);
  const jumped = useRef(false);
  /** A finger or the mouse is on the box: dragging its bar, or marking text. */
  const held = useRef(false);

  function onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = box.current ?? document.body;
    if (jumped.current) {
      jumped.current = false;
    } else if (scrollTop < lastTop.current) {
      // Only a person scrolls up; lines that arrive move the end away, not the place.
      setFollow(false);
    } else if (scrollTop > lastTop.current && scrollHeight - scrollTop - clientHeight < nearEnd) {
      setFollow(true);
    }
    lastTop.current = scrollTop;
  }

  const toEnd = useCallback(() => {
    if (!box.current || held.current) return;
    // Set directly: a way of scrolling that tries again later would do so for an end that has moved on.
    box.current.scrollTop = box.current.scrollHeight;
    lastTop.current = box.current.scrollTop;
  }, [box]);

  /** Before going to a place: staying there is wanted, even if it is at the end. */
  function jump() {
    jumped.current = true;
    setFollow(false);
  }

  const stop = useCallback(() => setFollow(false), []);

  const handlers = {
    onScroll,
    onWheel: ({ deltaY }: WheelEvent) => {
      if (deltaY < 0 && lastTop.current > 0) setFollow(false);
    },
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (keysUp.has(key) && lastTop.current > 0) setFollow(false);
      else if (key === "End") setFollow(true);
    },
    onPointerDown: () => {
      held.current = true;
      const release = () => {
        held.current = false;
        window.removeEventListener("pointerup", release);
        window.removeEventListener("pointercancel", release);
      };
      window.addEventListener("pointerup", release);
      window.addEventListener("pointercancel", release);
    },
  };
  return { follow, setFollow, handlers, jump, stop, toEnd };
}

/** Keeps a box at its end. @param height of what it holds, px */
export function useStayAtEnd(toEnd: () => void, follow: boolean, height: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height has changed.
  useLayoutEffect(() => {
    if (follow) toEnd();
  }, [follow, height, toEnd]);
}
