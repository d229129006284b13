"""The sources of a project: who they are, where they are mentioned, which of them are one."""
