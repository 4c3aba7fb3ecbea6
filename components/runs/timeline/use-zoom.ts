import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

/** A step of a night-long run must come out wider than a hair. */
const mostFactor = 64;

export interface Zoom {
  /** How many times as wide as its box the content is; 1: all of it is in sight. */
  factor: number;
  zoomIn: () => void;
  zoomOut: () => void;
  whole: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Zoom of an axis in a box that scrolls sideways. What is under the pointer, or in the middle, stays there. The
 * browser itself moves along: by wheel, finger, bar and arrow keys.
 */
export function useZoom(
  box: RefObject<HTMLElement | null>,
  axis: RefObject<HTMLElement | null>,
): Zoom {
  const [factor, setFactor] = useState(1);
  /** A share of the axis that is to stay where it is, px from the window's edge. */
  const fixed = useRef<{ share: number; x: number } | null>(null);

  function zoom(to: number, pointer?: number): void {
    const wanted = Math.min(mostFactor, Math.max(1, to));
    if (!box.current || !axis.current || wanted === factor) return;
    const sight = box.current.getBoundingClientRect();
    const whole = axis.current.getBoundingClientRect();
    const x = pointer ?? (Math.max(sight.left, whole.left) + sight.right) / 2;
    fixed.current = { share: (x - whole.left) / whole.width, x };
    setFactor(wanted);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once the axis has its new width.
  useLayoutEffect(() => {
    if (!box.current || !axis.current || !fixed.current) return;
    const { share, x } = fixed.current;
    const whole = axis.current.getBoundingClientRect();
    box.current.scrollLeft += whole.left + share * whole.width - x;
    fixed.current = null;
  }, [box, axis, factor]);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(factor * 2 ** (-Math.sign(event.deltaY) / 2), event.clientX);
  });
  useEffect(() => {
    const element = box.current;
    // React listens passively, and the browser would zoom the page as well.
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [box]);

  return {
    factor,
    zoomIn: () => zoom(factor * 2),
    zoomOut: () => zoom(factor / 2),
    whole: () => zoom(1),
    onKeyDown: ({ key, ctrlKey, metaKey }) => {
      if (ctrlKey || metaKey) return;
      if (key === "+" || key === "=") zoom(factor * 2);
      if (key === "-") zoom(factor / 2);
      if (key === "0") zoom(1);
    },
  };
}
