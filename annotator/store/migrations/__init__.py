"""Every form that a project's tables ever had, a step at a time."""
