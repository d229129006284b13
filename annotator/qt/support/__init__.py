"""What every part of the window leans on: actions, theme, messages, news."""
