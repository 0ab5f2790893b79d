"""The interview: a course of questions, and an interviewer who listens to the answers."""
