import { Maximize2, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Zoom } from "./use-zoom.ts";

/** For those without a wheel or a keyboard. */
export function ZoomButtons({ zoom }: { zoom: Zoom }) {
  return (
    <div className="flex">
      <IconButton label="Zoom in (+)" icon={ZoomIn} size="sm" onClick={zoom.zoomIn} />
      <IconButton
        label="Zoom out (−)"
        icon={ZoomOut}
        size="sm"
        disabled={zoom.factor === 1}
        onClick={zoom.zoomOut}
      />
      <IconButton
        label="Show the whole leg (0)"
        icon={Maximize2}
        size="sm"
        disabled={zoom.factor === 1}
        onClick={zoom.whole}
      />
    </div>
  );
}
