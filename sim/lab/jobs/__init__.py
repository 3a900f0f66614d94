"""From points to stored rows; whatever stops the work, what is finished is kept."""
