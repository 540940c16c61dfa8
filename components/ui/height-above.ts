import { useLayoutEffect } from "react";

/** Keeps `--under`, the height of what sticks to the top of the window, for what sticks below it. */
export function useHeightAbove(): void {
  useLayoutEffect(() => {
    const root = document.documentElement;
    const above = [...document.querySelectorAll<HTMLElement>("header, main search")];
    const measure = () => {
      const stuck = above.filter((element) => getComputedStyle(element).position === "sticky");
      root.style.setProperty("--under", `${stuck.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0)}px`);
    };
    const observer = new ResizeObserver(measure);
    for (const element of above) observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
}
