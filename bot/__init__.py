"""The program: settings, wiring, Telegram in and out, delivery, the rehearsal group, the command line."""
