import { Maximize2, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useTranslations } from "#i18n";
import type { Zoom } from "./use-zoom.ts";

/** For those without a wheel or a keyboard. */
export function ZoomButtons({ zoom }: { zoom: Zoom }) {
  const t = useTranslations("runs");
  return (
    <div className="flex">
      <IconButton label={t("zoomIn")} icon={ZoomIn} size="sm" onClick={zoom.zoomIn} />
      <IconButton
        label={t("zoomOut")}
        icon={ZoomOut}
        size="sm"
        disabled={zoom.factor === 1}
        onClick={zoom.zoomOut}
      />
      <IconButton
        label={t("showWholeLeg")}
        icon={Maximize2}
        size="sm"
        disabled={zoom.factor === 1}
        onClick={zoom.whole}
      />
    </div>
  );
}
