"use client";

import dynamic from "next/dynamic";

/** The steps of the wizard; a page ships the script of the step it shows, not of the others. */
export const TargetStep = dynamic(async () => (await import("./target-step.tsx")).TargetStep);
export const ChecksStep = dynamic(async () => (await import("./checks-step.tsx")).ChecksStep);
export const StartStep = dynamic(async () => (await import("./start-step.tsx")).StartStep);
export const PlanView = dynamic(
  async () => (await import("#components/plans/plan-view.tsx")).PlanView,
);
export const PracticeButton = dynamic(
  async () => (await import("#components/plans/practice-button.tsx")).PracticeButton,
);
