/** Messages that are not about one place on the page. */
import { notifications } from "@mantine/notifications";

export function notifyFailure(title: string): (error: unknown) => void {
  return (error) =>
    void notifications.show({
      title,
      message: error instanceof Error ? error.message : String(error),
      autoClose: 12_000,
      withBorder: true,
    });
}

export function notify(title: string, message: string): void {
  notifications.show({ title, message, withBorder: true });
}
