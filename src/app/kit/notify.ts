/** Messages that are not about one place on the page. */
import { notifications } from "@mantine/notifications";
import { messageOf } from "./message-of.ts";

/** The same failure again takes the place of the one before. */
export function notifyFailure(title: string): (error: unknown) => void {
  return (error) => {
    const message = messageOf(error);
    const notice = { id: title, title, message, autoClose: 12_000, withBorder: true };
    notifications.show(notice);
    notifications.update(notice);
  };
}

/** Takes the failure of that title away: what was tried has worked since. */
export const clearFailure = (title: string): void => {
  notifications.hide(title);
};

export function notify(title: string, message: string): void {
  notifications.show({ title, message, withBorder: true });
}
