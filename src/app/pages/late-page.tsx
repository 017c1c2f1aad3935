/** A page that may still have to be loaded. */
import { Button, Loader } from "@mantine/core";
import { useEffect, useReducer, useState } from "react";
import { Alert } from "../kit/alert.tsx";
import { messageOf } from "../kit/message-of.ts";
import { loadedPage, loadPage, type LatePage as Name } from "./lazy-pages.ts";

export function LatePage({ name }: { readonly name: Name }) {
  const Loaded = loadedPage(name);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [fault, setFault] = useState<string | null>(null);
  const isLoaded = Loaded !== null;
  useEffect(() => {
    if (isLoaded || fault !== null) return;
    loadPage(name).then(redraw, (error: unknown) => setFault(messageOf(error)));
  }, [name, isLoaded, fault]);
  if (Loaded) return <Loaded />;
  if (fault === null) return <Loader size="sm" m="xl" aria-label="Loading the page" />;
  return (
    <main id="main" tabIndex={-1} className="late-page">
      <Alert title="This page could not be loaded">
        {fault} The network may be down, or a newer version of Basin may have taken its place: then reload the page.
      </Alert>
      <Button variant="default" onClick={() => setFault(null)}>
        Try again
      </Button>
    </main>
  );
}
